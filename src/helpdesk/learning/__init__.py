"""From what really happened to measured words: delivery logs and outcomes, counted on any engine.

Sources become one table each (`sources`), are counted by expressions that run on every engine
Ibis knows (`counting`), and are held against the catalog in memory that does not grow with them
(`tally`). Estimates start from the editors' words (`estimating`); what they would change is
proposed, never written (`proposing`).
"""
