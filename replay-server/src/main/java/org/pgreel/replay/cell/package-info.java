/**
 * Values of PostgreSQL's types in their text and binary forms, as far as a replay has to turn one into the other.
 *
 * <p>Knows neither scripts nor recordings.
 */
@NullMarked
package org.pgreel.replay.cell;

import org.jspecify.annotations.NullMarked;
