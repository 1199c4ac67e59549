/** Puts the replay engine on sockets. The only importer of Netty in this module. */
@NullMarked
package org.pgreel.replay.server;

import org.jspecify.annotations.NullMarked;
