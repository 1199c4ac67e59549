/**
 * Scenario files: a YAML envelope around a script, read with the place of whatever is wrong in them.
 *
 * <p>It plays nothing; {@link org.pgreel.scenarios.file.Scenario} is a value.
 */
@NullMarked
package org.pgreel.scenarios.file;

import org.jspecify.annotations.NullMarked;
