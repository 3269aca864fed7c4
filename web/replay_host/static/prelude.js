// Runs in every archived page before its own scripts. In a block, for what a script names outside of one no other may name
// again, and it would not run at all.
"use strict";

{
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

  // Wombat takes these as somebody's own. Scripts mostly call them bare.
  for (const name of ["addEventListener", "removeEventListener"]) {
    const given = EventTarget.prototype[name];
    EventTarget.prototype[name] = function (...what) {
      return given.apply(this ?? self, what);
    };
  }

  // A sandbox lets no script take the pages around a step back. The page around does it for whoever clicked.
  if (self.navigation && !within()) {
    const { back, go } = History.prototype;
    const asking = () => parent.postMessage({ back: true }, "*");
    History.prototype.back = function () {
      return navigation.canGoBack ? back.call(this) : asking();
    };
    History.prototype.go = function (steps) {
      return Number(steps) === -1 && !navigation.canGoBack ? asking() : go.call(this, steps);
    };
  }

  function within() {
    try {
      return parent !== self && parent.location.origin === location.origin;
    } catch {
      return false; // another origin: ours
    }
  }

  const place = self.WB_wombat_location; // wombat's, and what it keeps there of the browser's own
  const kept = place?.wombat?.__sessionStorage; // of this tab alone, and emptied when a replay begins (boot.js)
  const replay = /^\/w\/([0-9a-f]{32})\//.exec(location.pathname)?.[1];
  if (kept && replay) {
    outliving(`${replay} ${place.origin} `);
    loadingAgain(`${replay} loaded again`);
  }

  // Wombat's storages end with the page. In browsers they outlive it: here until another page is replayed, for the frames of
  // this replay alone, each origin for itself.
  function outliving(mine) {
    const storage = Object.getPrototypeOf(self.localStorage);
    for (const type of ["localStorage", "sessionStorage"]) {
      const own = self[type];
      const prefix = `${mine}${type} `;
      for (const name of Object.keys(kept)) {
        if (name.startsWith(prefix)) own.setItem(name.slice(prefix.length), kept.getItem(name));
      }
      const whole = new Proxy(own, {
        deleteProperty(_, name) {
          own.removeItem(name);
          return true;
        },
      });
      Object.defineProperty(self, type, { configurable: true, enumerable: true, get: () => whole });
    }
    const { fireEvent } = storage; // told of each change
    storage.fireEvent = function (name, before, now) {
      const prefix = `${mine}${this.valueOf() === self.localStorage ? "localStorage" : "sessionStorage"} `;
      try {
        if (name === null) Object.keys(kept).filter((one) => one.startsWith(prefix)).forEach((one) => kept.removeItem(one));
        else if (now === null) kept.removeItem(prefix + name);
        else kept.setItem(prefix + name, now);
      } catch {
        // It is full: the rest ends with the page.
      }
      return fireEvent.call(this, name, before, now);
    };
  }

  // Wombat loads no page again. One that waits for what is not archived (a cookie of a server, say) would do so for ever:
  // so it may some times by itself, and where a person asks for it.
  function loadingAgain(counter) {
    const MOST = 10;
    const again = () => {
      const asked = navigator.userActivation?.isActive === true;
      const times = Number(kept.getItem(counter));
      if (!asked && times >= MOST) return;
      try {
        kept.setItem(counter, times + 1);
      } catch {
        if (!asked) return; // It is full, and nobody would count.
      }
      location.reload();
    };
    const { go } = History.prototype;
    History.prototype.go = function (steps) {
      return Number(steps ?? 0) === 0 ? again() : go.call(this, steps);
    };
    const isHere = (url) => {
      const { href } = place;
      return !href.includes("#") && URL.canParse(url, href) && new URL(url, href).href === href;
    };
    const methods = Object.getPrototypeOf(place);
    methods.reload = again;
    for (const name of ["assign", "replace"]) {
      const lead = methods[name];
      methods[name] = function (url) {
        return this === place && isHere(url) ? again() : lead.call(this, url);
      };
    }
    for (const name of ["href", "maybeHref"]) {
      const told = Object.getOwnPropertyDescriptor(place, name);
      Object.defineProperty(place, name, {
        ...told,
        set(url) {
          if ((name === "href" || typeof url === "string") && isHere(url)) again();
          else told.set.call(this, url);
        },
      });
    }
  }
}
