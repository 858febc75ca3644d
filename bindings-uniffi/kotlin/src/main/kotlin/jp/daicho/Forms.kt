package jp.daicho

/** What an edit of this customer begins with: the form as it stands (C8). Change what is to be changed with `copy`. */
fun Customer.toForm(): CustomerForm = formOf(this)
