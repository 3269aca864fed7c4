"""The pages, a router for each topic."""
