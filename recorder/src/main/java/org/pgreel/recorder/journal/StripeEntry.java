package org.pgreel.recorder.journal;

/** What a reader of a stripe comes across: a record, or damage. */
public sealed interface StripeEntry permits StripeRecord, StripeDamage {}
