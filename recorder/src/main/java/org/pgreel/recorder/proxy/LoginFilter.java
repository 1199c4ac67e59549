package org.pgreel.recorder.proxy;

import io.netty.buffer.ByteBuf;

/** Stands between client and server as long as the login lasts, where that may not pass as it is. */
interface LoginFilter {

    /**
     * Takes bytes of the server.
     *
     * @param bytes what came; its ownership passes
     * @return what the client gets in their place; may be empty
     */
    ByteBuf fromServer(ByteBuf bytes);

    /**
     * Takes bytes of the client.
     *
     * @param bytes what came, recorded already; its ownership passes
     * @return what the server gets in their place; may be empty
     */
    ByteBuf fromClient(ByteBuf bytes);

    /** Returns whether everything passes as it is from here on. */
    boolean done();
}
