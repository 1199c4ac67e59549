/** What reads bytes of others, fed with bytes that a fuzzer makes: Jazzer by {@code ./fuzz}, the corpus in every run of the tests. */
@NullMarked
package org.pgreel.scenarios.fuzz;

import org.jspecify.annotations.NullMarked;
