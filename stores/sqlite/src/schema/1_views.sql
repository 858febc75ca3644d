
-- For people with an SQL shell. Written for every SQLite since 3.38 (2022): a view that an older shell cannot parse would keep it from the whole file.
-- The library itself never reads them.

-- Where the salon's clocks stand (T2), in seconds; Japan's until somebody has set it.
CREATE VIEW calendar AS
SELECT head.salon,
       60 * ifnull(json_extract(settings.body, '$.calendar.utcOffsetMinutes'), 540) AS offset_seconds,
       60 * ifnull(json_extract(settings.body, '$.calendar.dayStartsMinutes'), 0) AS day_starts_seconds
  FROM head LEFT JOIN record AS settings ON settings.salon = head.salon AND settings.kind = 'settings' AND settings.id = 'salon';

-- 予約. One that was entered in error is in no list (R2).
CREATE VIEW reservations AS
WITH axes AS (
    SELECT salon, id, parent AS customer, body,
           json_extract(body, '$.booking.type') AS booking,
           json_extract(body, '$.booking.by') AS cancelled_by,
           json_extract(body, '$.booking.timing') AS cancel_timing,
           json_extract(body, '$.prepayment.type') AS prepayment,
           json_extract(body, '$.fee.type') AS fee
      FROM record WHERE kind = 'reservation'
)
SELECT axes.salon,
       axes.id,
       axes.customer,
       json_extract(customer.body, '$.number') AS number,
       json_extract(customer.body, '$.familyName') || ' ' || json_extract(customer.body, '$.givenName') AS name,
       CASE axes.booking
           WHEN 'tentative' THEN '仮予約中'
           WHEN 'confirmed' THEN CASE axes.prepayment WHEN 'unpaid' THEN '事前決済未払い' WHEN 'paid' THEN '事前決済支払い済み' ELSE '予約中来店前' END
           WHEN 'visited' THEN '来店済み'
           ELSE CASE
               WHEN axes.booking = 'cancelled' AND axes.cancelled_by = 'shop' AND axes.prepayment <> 'notSelected' THEN '事前決済店舗都合キャンセル'
               WHEN axes.fee = 'due' AND (axes.booking = 'noShow' OR axes.cancelled_by = 'customer' AND axes.cancel_timing = 'late') THEN 'キャンセル料未払い'
               ELSE 'キャンセル'
           END
       END AS label,
       strftime('%Y-%m-%d %H:%M', json_extract(axes.body, '$.start') / 1000 + calendar.offset_seconds, 'unixepoch') AS starts_at,
       strftime('%Y-%m-%d %H:%M', json_extract(axes.body, '$.end') / 1000 + calendar.offset_seconds, 'unixepoch') AS ends_at,
       json_extract(axes.body, '$.shop') AS shop,
       json_extract(axes.body, '$.staff') AS staff,
       (SELECT group_concat(menu, '、') FROM (SELECT json_extract(value, '$.menu') AS menu FROM json_each(axes.body, '$.lines') ORDER BY key)) AS menus,
       (SELECT sum(json_extract(value, '$.price')) FROM json_each(axes.body, '$.lines')) AS price,
       CASE axes.fee WHEN 'due' THEN json_extract(axes.body, '$.fee.amount') ELSE 0 END AS fee_due,
       axes.booking,
       axes.cancelled_by,
       axes.cancel_timing,
       axes.prepayment,
       axes.fee,
       json_extract(axes.body, '$.bookedBy') AS booked_by,
       strftime('%Y-%m-%d %H:%M', json_extract(axes.body, '$.bookedAt') / 1000 + calendar.offset_seconds, 'unixepoch') AS booked_at,
       strftime('%Y-%m-%d %H:%M', json_extract(axes.body, '$.deadline') / 1000 + calendar.offset_seconds, 'unixepoch') AS cancel_until,
       json_extract(axes.body, '$.comment') AS comment
  FROM axes
  JOIN calendar ON calendar.salon = axes.salon
  LEFT JOIN record AS customer ON customer.salon = axes.salon AND customer.kind = 'customer' AND customer.id = axes.customer
 WHERE axes.booking <> 'enteredInError';

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
       (SELECT count(*) FROM record AS visit WHERE visit.salon = record.salon AND visit.kind = 'reservation' AND visit.parent = record.id
           AND json_extract(visit.body, '$.booking.type') = 'visited') AS visits,
       (SELECT strftime('%Y-%m-%d', max(json_extract(visit.body, '$.start')) / 1000 + calendar.offset_seconds - calendar.day_starts_seconds, 'unixepoch')
          FROM record AS visit WHERE visit.salon = record.salon AND visit.kind = 'reservation' AND visit.parent = record.id
           AND json_extract(visit.body, '$.booking.type') = 'visited') AS last_visit
  FROM record JOIN calendar ON calendar.salon = record.salon
 WHERE record.kind = 'customer';
