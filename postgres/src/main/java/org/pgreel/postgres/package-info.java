/** Starts a real PostgreSQL for tests and demonstrations. Knows nothing of the other modules. */
@NullMarked
package org.pgreel.postgres;

import org.jspecify.annotations.NullMarked;
