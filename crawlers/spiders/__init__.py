"""The spiders: one, which every outlet's file steers."""
