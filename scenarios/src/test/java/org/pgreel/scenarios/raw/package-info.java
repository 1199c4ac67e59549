/** A frontend without a mind of its own, which says what a script awaits. */
@NullMarked
package org.pgreel.scenarios.raw;

import org.jspecify.annotations.NullMarked;
