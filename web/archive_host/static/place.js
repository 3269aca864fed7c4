// Around a safe view: the place that an address names (#…) is one of the page in the frame.
"use strict";

const framed = document.querySelector("main > iframe");

function placed() {
  const at = framed.contentWindow.location;
  if (at.protocol !== "about:") at.replace(at.href.split("#", 1)[0] + location.hash);
}

if (framed) {
  if (location.hash) {
    if (framed.contentDocument?.readyState === "complete") placed();
    framed.addEventListener("load", placed, { once: true });
  }
  addEventListener("hashchange", placed);
}
