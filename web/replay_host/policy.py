"""What an archived page may do while its scripts run: reach this host, through the service worker, and nothing else."""

from __future__ import annotations

from typing import Final

from web.origins import Origins

SANDBOX: Final = "allow-scripts allow-same-origin allow-forms"
"""Of the frame around an archived page: a service worker serves no page without an origin."""

_NOT_ALLOWED: Final = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)


WORKER_POLICY: Final = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self' blob:"}
"""Of our scripts; a worker is bound by that of its own. Whatever wabac is asked for, it can't fetch from elsewhere."""


def boot_policy(origins: Origins) -> dict[str, str]:
    """Return the headers of the first page in a frame, which may start the worker and nothing else."""
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {origins.archive} {origins.window}",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "Origin-Agent-Cluster": "?1",
    }


def archived_policy(origins: Origins) -> dict[str, str]:
    """Return the headers of every answer to an archived page.

    `sandbox` is here as well as on the frame: no navigation of the pages around, no window, no download, no dialog.
    `Connection-Allowlist` is for what no source list governs: connections made ahead of a navigation that is then
    refused, resource hints, WebRTC. Chromium obeys it from version 152 on.
    """
    policy = (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors 'self' {origins.archive} {origins.window}",
        f"sandbox {SANDBOX}",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Connection-Allowlist": "(response-origin);webrtc=block",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _NOT_ALLOWED),
        "Referrer-Policy": "same-origin",  # wabac finds by it where a path belongs that slipped its rewriting
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "Cache-Control": "no-store",
    }
