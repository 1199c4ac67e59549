/**
 * Runs scenarios against PgReel's own client: one under the fragmentations that are asked for, or a whole catalogue, and
 * tells what was observed on the way.
 */
@NullMarked
package org.pgreel.scenarios.run;

import org.jspecify.annotations.NullMarked;
