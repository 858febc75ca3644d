//! Search (S): criteria, order, pages, lists, and the index that is fed by the log.

#[cfg(test)]
mod block;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod counts;
#[cfg(test)]
mod criteria;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod language;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod live;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod packed;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod salon;
#[cfg(test)]
mod segments;
