// The service worker of full replay. wabac.js rewrites archived pages; this decides what it is asked, and what goes out.
//
// Archived scripts run in the worker's own origin. So it keeps nothing that they could write to and believes nothing
// that they say: what wabac reads of its database is set anew for every request, messages go by wabac, and every answer
// gets our policy in place of any other.
"use strict";

importScripts("/policy.js"); // POLICY: headers of every answer. PARENT: the origin that shows us. WABAC: its script. VERSION: of all this

const HOME = self.location.origin;
const REPLAY = "/w/"; // wabac's own: {scope}w/{collection}/{timestamp}{modifier}/{url}
const PLACE = /^\/w\/([0-9a-f]{32})\/(\d{1,20})([a-z]{2,4}_)\/(.*)$/s;
const SENT = new Set([
  "content-type", "content-length", "content-range", "content-language", "content-disposition", "accept-ranges",
  "location", "memento-datetime",
]);
const OURS = new Set(["/boot", "/boot.js"]);
const FRAMES = new Set(["iframe", "frame", "object", "embed"]);
const READS = new Set(["GET", "HEAD"]);
const BODILESS = new Set([101, 204, 205, 304]);

const MOST_UNTOLD = 1000;

const sessions = new Map(); // id → MessagePort to the page that shows this replay
let untold = []; // what pages should know whose port went with the worker before this one

// Before wabac's listeners, which so hear of no request and no message.
self.addEventListener("fetch", (event) => {
  event.stopImmediatePropagation();
  event.respondWith(answer(event));
});

self.addEventListener("message", (event) => {
  event.stopImmediatePropagation();
  const { session, version, claim } = event.data;
  const { pathname } = new URL(event.source.url);
  if (version) event.ports[0]?.postMessage({ version: VERSION });
  if (claim) event.waitUntil(self.clients.claim());
  if (claim || version || pathname !== "/boot" || sessions.has(session) || !event.ports[0]) return;
  sessions.set(session, event.ports[0]);
  event.ports[0].postMessage({ counting: true });
  for (const [whose, message] of untold) if (whose === session) event.ports[0].postMessage(message);
  untold = untold.filter(([whose]) => whose !== session);
});

function tell(session, message) {
  const port = sessions.get(session);
  if (port) port.postMessage(message);
  else if (untold.push([session, message]) > MOST_UNTOLD) untold.shift();
  if (!port) askForLine(session);
}

// Of the page that was kept for this (boot.js). No archived page has its address: it may only be framed by ours.
async function askForLine(lost) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) {
    if (new URL(client.url).pathname === "/boot") client.postMessage({ lost });
  }
}

importScripts(WABAC); // sets self.sw

async function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== HOME) return Response.error();
  if (OURS.has(url.pathname)) return fetch(request);
  const place = PLACE.exec(url.pathname);
  if (place === null) return outside(event, url);
  const [, session, timestamp, modifier, target] = place;
  const archived = target + url.search;
  if (request.destination === "document") return elsewhere(`/replay/${timestamp}/${archived}`);
  const isFrame = FRAMES.has(request.destination);
  if (!READS.has(request.method)) return sent(session, request, archived, isFrame);
  if (isFrame && modifier === "mp_") return headed(200, leaving(session, timestamp, archived));
  await prepare(session);
  const response = counted(session, request, await self.sw.handleFetch(event));
  if (!isFrame) return response;
  if (response.status >= 400 && !response.headers.has("memento-datetime")) return lacking(response.status, archived);
  const led = response.headers.get("location");
  return led ? redirected(new URL(led, url)) : response;
}

// A new window, into which a link was opened (by a middle click, say), goes to the page around. No redirect leads there:
// the page with the link has a Connection-Allowlist, by which none is followed.
function elsewhere(path) {
  const policy = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'";
  const headers = { ...POLICY, "Content-Security-Policy": policy };
  delete headers["Connection-Allowlist"];
  return html(200, headers, page("Leaving", `location.replace(${literal(PARENT + path)} + location.hash);`));
}

// Crawls send nothing. wabac would ask for an address that it makes of what is sent, and say that it is not there.
function sent(session, request, url, isFrame) {
  tell(session, isFrame ? { sent: url } : { missing: true, url: `${request.method} ${url}` });
  if (isFrame) return told(404, `A form was sent to ${url}. What was sent, and what came back, is not in this archive.`);
  const headers = { ...POLICY, "Content-Type": "application/json" };
  return new Response('{"error": "not in this archive"}', { status: 404, headers });
}

function lacking(status, url) {
  const why = status === 404 ? "Not in this archive" : `The archive's host could not answer (HTTP ${status})`;
  return told(status, `${why}: ${url}`);
}

// A frame that is redirected goes on as from a page that is left: Connection-Allowlist lets no frame be redirected.
function redirected(url) {
  const place = PLACE.exec(url.pathname);
  return place ? headed(200, leaving(place[1], place[2], place[4] + url.search)) : headed(404, "");
}

// wabac's own scripts and our addition to them; and absolute paths that slipped its rewriting, which it sends to where
// they belong. Its interface for whoever holds collections is not reached.
async function outside(event, url) {
  if (url.pathname === "/static/proxy/prelude.js") return strict(event.request, await fetch("/prelude.js"));
  const slipped = new URL(event.request.referrer || HOME).pathname.startsWith(REPLAY) && !url.pathname.startsWith(REPLAY);
  if (!slipped && !self.sw.staticData.has(HOME + url.pathname)) return headed(404, "");
  return strict(event.request, await self.sw.handleFetch(event));
}

// The one collection, under the name of the session. wabac would look it up in its database.
async function prepare(name) {
  const { collections } = self.sw;
  await collections.inited;
  collections.root = null;
  collections.colls[name] ??= await collections._initColl({
    name,
    type: "live",
    config: {
      dbname: "",
      sourceUrl: "proxy:",
      extraConfig: { prefix: "", isLive: false, archivePrefix: "/web/", archiveMod: "ir_", injectScripts: ["prelude.js"] },
    },
  });
}

function counted(session, request, response) {
  const at = response.headers.get("memento-datetime");
  const missing = at === null && response.status === 404;
  if (at !== null || missing) tell(session, { at, missing, url: archivedUrl(request) });
  return strict(request, response);
}

function archivedUrl(request) {
  const { pathname, search } = new URL(request.url);
  return PLACE.exec(pathname)[4] + search;
}

function strict(request, response) {
  if (response.type === "error") return response;
  const headers = new Headers(POLICY);
  for (const [name, value] of response.headers) {
    if (SENT.has(name) || name.startsWith("x-archive-")) headers.append(name, value);
  }
  // wabac rewrites nothing else that can run scripts by itself, such as SVG: these would run as they were.
  if (FRAMES.has(request.destination) && !/^text\/html\s*(;|$)/i.test(headers.get("content-type") ?? "")) {
    headers.append("content-security-policy", "script-src 'none'");
  }
  const { status, statusText } = response;
  return new Response(BODILESS.has(status) ? null : response.body, { status, statusText, headers });
}

function headed(status, text) {
  return html(status, POLICY, text);
}

function html(status, headers, text) {
  return new Response(text, { status, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
}

// A page that was left for another by a link, a form or a script (prelude.js). Where it filled the whole replay, the page
// around it goes there, so that what is written above is of what is shown. A frame inside goes on by itself, and so does
// what loads itself again, by leave of the page around: it finds what it kept, of which a new replay has nothing.
function leaving(session, timestamp, url) {
  return page("Leaving", `
    const on = () => location.replace(${literal(`/w/${session}/${timestamp}if_/${url}`)} + location.hash);
    let within = false;
    try { within = parent !== self && parent.location.origin === origin; } catch { /* another origin: ours */ }
    addEventListener("message", ({ data, origin }) => { if (origin === ${literal(PARENT)} && data.again) on(); });
    if (within) on();
    else parent.postMessage({ open: { timestamp: ${literal(timestamp)}, url: ${literal(url)} + location.hash } }, ${literal(PARENT)});
  `);
}

// In place of what a frame would have shown.
function told(status, words) {
  return headed(status, `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
    <title>Not shown</title><p style="font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere">${escaped(words)}</p>`);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function page(title, script) {
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><script>${script}</script>`;
}

function literal(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
