/**
 * Sessions that are shared: a pool that lends them, and a listener that outlives them. Knows sessions by the public API
 * alone, and neither transport nor protocol core.
 */
@NullMarked
package org.pgreel.client.pool;

import org.jspecify.annotations.NullMarked;
