//! Search (S): criteria, order, pages, lists, and the index that is fed by the log.

mod counts;
mod criteria;
mod feed;
mod histories;
mod lists;
mod pages;
mod rows;
mod salon;
