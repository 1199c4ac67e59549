/** Folds over the events of a session: what a recording means. Knows nothing of how it is stored. */
@NullMarked
package org.pgreel.recorder.projection;

import org.jspecify.annotations.NullMarked;
