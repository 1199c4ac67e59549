/** Which states and messages of a conversation were exercised, by whom, and with which faults. */
@NullMarked
package org.pgreel.scenarios.coverage;

import org.jspecify.annotations.NullMarked;
