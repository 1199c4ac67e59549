package org.pgreel.protocol.conversation;

import org.pgreel.protocol.message.NotificationResponse;
import org.pgreel.protocol.message.ParameterStatus;

/** The backend has let the frontend in. From here on parameters and notifications may come at any moment. */
sealed interface Serving extends Connected permits StartingUp, InSession, Ended {

    @Override
    default Conversation onParameterStatus(ParameterStatus message) {
        return this;
    }

    /** A login trigger may LISTEN, so that this may come even before the first ReadyForQuery. */
    @Override
    default Conversation onNotificationResponse(NotificationResponse message) {
        return this;
    }
}
