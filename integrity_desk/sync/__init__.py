"""Files that machines read: sealed bundles, keys, receipts and the media that carry them."""
