"""`kg review`: a person goes through what is uncertain.

`queue` says what to ask, `session` keeps the answers, `app` is the screen.
"""
