package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.NoticeResponse;

/** The frontend has sent its StartupMessage. From here on notices may come at any moment and the frontend may leave. */
sealed interface Connected extends State permits Authenticating, AwaitingResponse, Serving {

    /** Returns this state with another exchange. */
    Conversation with(Exchange exchange);

    @Override
    default Conversation onNoticeResponse(NoticeResponse message) {
        return this;
    }

    /** The server ends the session. */
    default Conversation ended() {
        return new Ended(exchange().ended());
    }
}
