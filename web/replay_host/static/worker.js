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
const BODILESS = new Set([101, 204, 205, 304]);

const sessions = new Map(); // id → MessagePort to the page that shows this replay
const shown = new Map(); // id → the URL of the page that fills it: the first that was asked for

// Before wabac's listeners, which so hear of no request and no message.
self.addEventListener("fetch", (event) => {
  event.stopImmediatePropagation();
  event.respondWith(answer(event));
});

self.addEventListener("message", (event) => {
  event.stopImmediatePropagation();
  const { session, version } = event.data;
  const { pathname } = new URL(event.source.url);
  if (version) event.ports[0]?.postMessage({ version: VERSION });
  if (version || pathname !== "/boot" || sessions.has(session) || !event.ports[0]) return;
  sessions.set(session, event.ports[0]);
  event.ports[0].postMessage({ counting: true });
});

importScripts(WABAC); // sets self.sw

async function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== HOME) return Response.error();
  if (OURS.has(url.pathname)) return fetch(request);
  const place = PLACE.exec(url.pathname);
  if (place === null) return outside(event, url);
  const [, session, timestamp, modifier, target] = place;
  if (request.destination === "document") return Response.redirect(`${PARENT}/replay/${timestamp}/${target}${url.search}`);
  const isFrame = FRAMES.has(request.destination);
  if (isFrame && modifier === "mp_" && request.method === "GET") {
    const go = absolute(target + url.search) === shown.get(session) ? again : leaving;
    return headed(200, go(session, timestamp, target + url.search));
  }
  if (isFrame && !shown.has(session)) shown.set(session, absolute(target + url.search));
  await prepare(session);
  const response = counted(session, request, await self.sw.handleFetch(event));
  const led = isFrame && response.headers.get("location");
  return led ? redirected(new URL(led, url)) : response;
}

// A page's URL as browsers write it; what is none, as wabac is asked for it at times (`//cdn.example/x`), as it stands.
function absolute(url) {
  try {
    return new URL(url).href;
  } catch {
    return url;
  }
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
  if (at !== null || missing) sessions.get(session)?.postMessage({ at, missing, url: archivedUrl(request) });
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

function headed(status, html) {
  return new Response(html, { status, headers: { ...POLICY, "Content-Type": "text/html; charset=utf-8" } });
}

// A page that was left for another by a link, a form or a script (prelude.js). Where it filled the whole replay, the page
// around it goes there, so that what is written above is of what is shown. A frame inside goes on by itself.
function leaving(session, timestamp, url) {
  return page("Leaving", `
    let within = false;
    try { within = parent !== self && parent.location.origin === origin; } catch { /* another origin: ours */ }
    if (within) location.replace(${literal(`/w/${session}/${timestamp}if_/${url}`)} + location.hash);
    else parent.postMessage({ open: { timestamp: ${literal(timestamp)}, url: ${literal(url)} + location.hash } }, ${literal(PARENT)});
  `);
}

// A page that loads itself again finds what it kept: a new replay has empty storage, and would do so for ever.
function again(session, timestamp, url) {
  return page("Loading again", `location.replace(${literal(`/w/${session}/${timestamp}if_/${url}`)} + location.hash);`);
}

function page(title, script) {
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><script>${script}</script>`;
}

function literal(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
