/**
 * Changes what recorded sessions hold without changing a length: password literals, and what rules name.
 *
 * <p>It works on events and messages, and knows neither journals nor tapes.
 */
@NullMarked
package org.pgreel.recorder.redaction;

import org.jspecify.annotations.NullMarked;
