// The first page in the frame of a replay: starts the worker, hands it the line to the page around, and makes way.
"use strict";

const PARENT = document.documentElement.dataset.parent;

addEventListener("message", (event) => {
  if (event.origin !== PARENT || event.source !== parent || !event.data.start) return;
  start(event.data.start, event.ports[0]).catch((error) => {
    console.error(error);
    parent.postMessage({ failed: true }, PARENT);
  });
});
parent.postMessage({ booted: true }, PARENT);

async function start({ timestamp, url, hash }, port) {
  await forget();
  const worker = await running();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const session = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  worker.postMessage({ session }, [port]);
  location.replace(`/w/${session}/${timestamp}if_/${url}${hash}`);
}

async function running() {
  const container = navigator.serviceWorker;
  if (!container) throw new Error("this browser lets no service worker run here");
  const controlled = new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
  await container.register("/worker.js", { scope: "/", updateViaCache: "none" });
  if (!container.controller) await controlled;
  return container.controller;
}

// A replay begins without what pages of other replays left here. (wabac's own database is open, and stays.)
async function forget() {
  localStorage.clear();
  sessionStorage.clear();
  for (const cookie of document.cookie.split("; ")) {
    document.cookie = `${cookie.split("=", 1)[0]}=; Path=/; Max-Age=0`;
  }
  for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of await indexedDB.databases()) {
    if (name !== "collDB") indexedDB.deleteDatabase(name);
  }
}
