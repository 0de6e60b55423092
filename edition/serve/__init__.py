"""`edition serve`: a preview of an edition in the browser, which follows its sources.

One room for each: text (units as HTML), session (the last good state, and what is wrong), printing (pages, in a process
of their own), app (what is served, and to whom). Nothing here decides what an edition is; builder and writers do.
"""
