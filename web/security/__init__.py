"""What stands before both hosts, as plain ASGI middleware.

names.py     only requests for our own names are answered (DNS rebinding)
headers.py   what the window sends with every answer
"""
