-- Figures are kept as records of their own since this version; the views show those, and the tickets and sales that came with them.

DROP VIEW customers;

-- 顧客, in every state: an ordinary list takes `WHERE state = 'active'` (S8).
CREATE VIEW customers AS
SELECT record.salon,
       record.id,
       json_extract(record.body, '$.number') AS number,
       json_extract(record.body, '$.state.type') AS state,
       json_extract(record.body, '$.state.into') AS merged_into,
       json_extract(record.body, '$.familyName') AS family_name,
       json_extract(record.body, '$.givenName') AS given_name,
       json_extract(record.body, '$.familyKana') AS family_kana,
       json_extract(record.body, '$.givenKana') AS given_kana,
       (SELECT group_concat(entered, '、') FROM (SELECT json_extract(value, '$.entered') AS entered FROM json_each(record.body, '$.phones') ORDER BY key)) AS phones,
       -- Placeholders are never mailed and so are not shown as addresses (P2).
       (SELECT group_concat(entered, '、') FROM (
           SELECT json_extract(value, '$.entered') AS entered FROM json_each(record.body, '$.emails')
            WHERE json_extract(value, '$.kind') = 'real' ORDER BY key)) AS emails,
       json_extract(record.body, '$.phoneRegistration') IS 1 AS phone_registration,
       CASE WHEN json_extract(record.body, '$.birthday') IS NOT NULL THEN
           ifnull(printf('%04d', json_extract(record.body, '$.birthday.year')), '-')
               || printf('-%02d-%02d', json_extract(record.body, '$.birthday.month'), json_extract(record.body, '$.birthday.day'))
       END AS birthday,
       json_extract(record.body, '$.gender') AS gender,
       json_extract(record.body, '$.postalCode') AS postal_code,
       json_extract(record.body, '$.prefecture') AS prefecture,
       json_extract(record.body, '$.cityStreet') AS city_street,
       json_extract(record.body, '$.building') AS building,
       json_extract(record.body, '$.line') IS NOT NULL AS line_linked,
       json_extract(record.body, '$.line.displayName') AS line_name,
       (SELECT group_concat(value, '、') FROM (SELECT value FROM json_each(record.body, '$.attributes') ORDER BY key)) AS attributes,
       (SELECT group_concat(value, '、') FROM (SELECT value FROM json_each(record.body, '$.channels') ORDER BY key)) AS channels,
       json_extract(record.body, '$.company') AS company,
       json_extract(record.body, '$.newsletter.optedIn') IS 1 AS newsletter,
       json_extract(record.body, '$.shopComment') AS shop_comment,
       json_extract(record.body, '$.registeredOn') AS registered_on,
       json_extract(record.body, '$.hasAccount') IS 1 AS has_account,
       EXISTS (SELECT 1 FROM record AS listing WHERE listing.salon = record.salon AND listing.kind = 'listing' AND listing.parent = record.id
           AND json_extract(listing.body, '$.list') = 'watch' AND json_extract(listing.body, '$.state.type') = 'standing') AS on_watch_list,
       EXISTS (SELECT 1 FROM record AS listing WHERE listing.salon = record.salon AND listing.kind = 'listing' AND listing.parent = record.id
           AND json_extract(listing.body, '$.list') = 'grey' AND json_extract(listing.body, '$.state.type') = 'standing') AS on_grey_list,
       EXISTS (SELECT 1 FROM record AS listing WHERE listing.salon = record.salon AND listing.kind = 'listing' AND listing.parent = record.id
           AND json_extract(listing.body, '$.list') = 'black' AND json_extract(listing.body, '$.state.type') = 'standing') AS on_black_list,
       -- The very figures that search and the gate go by (N).
       ifnull(json_extract(figures.body, '$.visits'), 0) AS visits,
       ifnull(json_extract(figures.body, '$.lastVisits[0].day'),
              strftime('%Y-%m-%d', json_extract(figures.body, '$.lastVisits[0].at') / 1000 + calendar.offset_seconds - calendar.day_starts_seconds, 'unixepoch')) AS last_visit,
       ifnull(json_extract(figures.body, '$.amount'), 0) AS amount,
       ifnull(json_extract(figures.body, '$.due'), 0) AS fees_due
  FROM record JOIN calendar ON calendar.salon = record.salon
  LEFT JOIN record AS figures ON figures.salon = record.salon AND figures.kind = 'figures' AND figures.id = record.id
 WHERE record.kind = 'customer';

-- 回数券: what each has left, by its ledger (K2, K8).
CREATE VIEW tickets AS
WITH moves AS (
    SELECT record.salon, record.id, json_extract(entry.value, '$.what.type') AS what, json_extract(entry.value, '$.what.uses') AS uses
      FROM record JOIN json_each(record.body, '$.entries') AS entry WHERE record.kind = 'ticket'
), sums AS (
    SELECT salon, id,
           sum(CASE what WHEN 'purchase' THEN uses WHEN 'adjust' THEN uses WHEN 'restore' THEN uses WHEN 'consume' THEN -uses ELSE 0 END) AS remaining,
           sum(CASE what WHEN 'hold' THEN uses WHEN 'restore' THEN uses WHEN 'consume' THEN -uses WHEN 'release' THEN -uses ELSE 0 END) AS held,
           sum(CASE what WHEN 'consume' THEN uses WHEN 'restore' THEN -uses ELSE 0 END) AS used
      FROM moves GROUP BY salon, id
)
SELECT record.salon,
       record.id,
       record.parent AS customer,
       json_extract(record.body, '$.plan') AS plan,
       json_extract(record.body, '$.terms.name') AS name,
       json_extract(record.body, '$.soldOn') AS sold_on,
       json_extract(record.body, '$.expiresOn') AS expires_on,
       sums.remaining,
       sums.held,
       sums.used
  FROM record JOIN sums ON sums.salon = record.salon AND sums.id = record.id
 WHERE record.kind = 'ticket';

-- お会計 that stand (R9).
CREATE VIEW sales AS
SELECT record.salon,
       record.id,
       record.parent AS customer,
       json_extract(record.body, '$.reservation') AS reservation,
       strftime('%Y-%m-%d %H:%M', json_extract(record.body, '$.at') / 1000 + calendar.offset_seconds, 'unixepoch') AS at,
       json_extract(record.body, '$.shop') AS shop,
       json_extract(record.body, '$.total') AS total,
       (SELECT sum(json_extract(value, '$.tax')) FROM json_each(record.body, '$.taxes')) AS tax,
       (SELECT group_concat(method || ' ' || amount, '、') FROM (
           SELECT json_extract(value, '$.method') AS method, json_extract(value, '$.amount') AS amount FROM json_each(record.body, '$.payments') ORDER BY key)) AS payments
  FROM record JOIN calendar ON calendar.salon = record.salon
 WHERE record.kind = 'sale' AND json_extract(record.body, '$.state.type') = 'closed';
