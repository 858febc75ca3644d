CREATE INDEX q1_page ON customers (last_visit DESC, number, visits);
CREATE INDEX q2_count ON customers (cancellations, late, last_visit DESC, number) WHERE late > 0;
CREATE INDEX q3_count ON customers (line, visits, last_visit DESC, number);
CREATE INDEX q3_page ON customers (line, last_visit DESC, number, visits);
CREATE INDEX q4_count ON last_menus (menu, visits, last_visit DESC, number);
CREATE INDEX q4_page ON last_menus (menu, last_visit DESC, number, visits);
CREATE INDEX q5_count ON customers (visits, registered, last_visit DESC, number);
CREATE INDEX q6_page ON customers (last_visit DESC, number, names);
CREATE INDEX q7_count ON booked (customer, label, day);
