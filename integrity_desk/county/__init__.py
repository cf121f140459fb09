"""The receiving end: takes in what desks carry over, keeps it, and answers with receipts.

Its place in the layer rule: county imports sync, domain, errors and wording, and keeps a ledger of
its own; it never imports the desk's services, store or paper.

    office.init · enrolment.inspect, enrol, revoke · inbox.receive · office.status
"""
