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
