/** How our client is driven through a scenario. */
@NullMarked
package org.pgreel.scenarios.drive;

import org.jspecify.annotations.NullMarked;
