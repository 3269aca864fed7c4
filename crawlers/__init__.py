"""How pages are found and captured: the only room that knows Scrapy.

A crawl is a child process (`python -m crawlers.child FOLDER`). It gets a folder with a plan, writes WARCs into the same
folder (the spool), and knows no bucket, no catalog and no credentials.
"""
