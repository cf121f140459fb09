"""The only home of SQL: one encrypted store on a local disk."""
