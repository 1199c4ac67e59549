/**
 * Drives PgReel's own client through a scenario: what its {@code >} lines ask is asked, and what the client says is
 * compared with the {@code <} and {@code @} lines.
 */
@NullMarked
package org.pgreel.scenarios.drive;

import org.jspecify.annotations.NullMarked;
