"""Files people read: PDF sheets and registers, spreadsheets, previews."""
