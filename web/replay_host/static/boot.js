// The first page in the frame of a replay: starts the worker, hands it the line to the page around, and makes way. A second
// one stays, out of sight, and hands a worker that began anew another line.
"use strict";

const { parent: PARENT, version: VERSION } = document.documentElement.dataset;
let asking = null; // the worker that lacks a line

addEventListener("message", (event) => {
  if (event.origin !== PARENT || event.source !== parent) return;
  const { start: begin, line } = event.data;
  if (line) asking?.postMessage({ session: line }, event.ports);
  if (!begin) return;
  start(begin, event.ports[0]).catch((error) => {
    console.error(error);
    parent.postMessage({ failed: true }, PARENT);
  });
});
navigator.serviceWorker?.addEventListener("message", ({ data, source }) => {
  if (!data.lost) return;
  asking = source;
  parent.postMessage({ lost: data.lost }, PARENT);
});
parent.postMessage({ booted: true }, PARENT);

async function start({ session, timestamp, url, hash }, port) {
  self.name = "___wb_replay_top_frame"; // wabac leads links to new windows to the frame of this name
  await forget();
  const worker = await running();
  worker.postMessage({ session }, [port]);
  location.replace(`/w/${session}/${timestamp}if_/${url}${hash}`);
}

async function running() {
  const container = navigator.serviceWorker;
  if (!container) throw new Error("this browser lets no service worker run here");
  const controlled = changed(container);
  const registration = await container.register("/worker.js", { scope: "/", updateViaCache: "imports" });
  if (!container.controller) {
    // A worker that became active while this page was on its way takes it over only when it is asked to.
    (await container.ready).active.postMessage({ claim: true });
    await controlled;
  }
  if ((await versionOf(container.controller)) !== VERSION) await renewed(container, registration);
  return container.controller;
}

function changed(container) {
  return new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
}

// Browsers look for a new version of a worker when a page has begun, which then has the old one's policy. The new one may
// have to wait for an answer of the old one which does not end.
async function renewed(container, registration) {
  const taken = changed(container);
  await registration.update();
  if (registration.installing || registration.waiting) await Promise.race([taken, after(5000)]);
}

// One that is too old to tell answers something else.
function versionOf(worker) {
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data.version)));
  worker.postMessage({ version: true }, [port2]);
  return Promise.race([told, after(2000)]);
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
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
