"""The JSON API under /api/v1, a router for each topic. It reads and never writes; its moments are in UTC."""
