/** What may differ between two equal runs of a program, as a person declares it; replay uses the declaration and never guesses. */
@NullMarked
package org.pgreel.replay.volatility;

import org.jspecify.annotations.NullMarked;
