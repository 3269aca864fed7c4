// Runs in every archived page before its own scripts.
"use strict";

// What neither a source list nor a sandbox governs, and what scripts of outlets learn addresses with. (A browser that
// obeys Connection-Allowlist refuses it anyway.)
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "RTCIceTransport"]) {
  delete self[name];
}

// The page was loaded as `if_`. From here on it is `mp_`, and its relative links with it: so the worker tells links that
// are followed from pages that are loaded. Wombat's history takes the archived URL, and makes it one of ours.
if (/^\/w\/[0-9a-f]{32}\/\d+if_\//.test(location.pathname)) {
  history.replaceState(history.state, "", self.WB_wombat_location.href);
}

// Scripts mostly set cookies for the whole site, by `path=/`. Wombat makes that the path of `mp_`, where this page was not
// loaded, and the browser would not give them back. Without a path they are of the folder that it was loaded from.
const cookie = Object.getOwnPropertyDescriptor(document, "cookie");
if (cookie?.configurable) {
  Object.defineProperty(document, "cookie", {
    ...cookie,
    set(value) {
      cookie.set.call(this, String(value).replace(/;\s*path=[^;]*/gi, ""));
    },
  });
}

// Wombat opens every window in the place of the whole replay. What no person asked for, browsers open nowhere.
const open = self.open;
self.open = function (...where) {
  return navigator.userActivation?.isActive === false ? null : open.apply(this, where);
};
