-- An erasure finds the receipts of the commands that told of somebody by their place in the log (W4).
UPDATE record SET key = 'entry:' || json_extract(body, '$.sequence') WHERE kind = 'receipt';
