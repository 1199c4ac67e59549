package org.pgreel.replay.exchange;

import java.util.List;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.RowDescription;
import org.pgreel.replay.report.RecordedConnectionId;

/** Makes an exchange of what housekeeping answers, so that it is sent like any other. */
final class HouseAnswer {

    private HouseAnswer() {}

    static RecordedExchange of(ExchangeKey key, List<BackendMessage> messages) {
        var exchange = new RecordedExchange(new RecordedConnectionId(0, 1), 0, key, true);
        for (BackendMessage message : messages) {
            if (message instanceof RowDescription columns) {
                exchange.columns = columns;
            } else {
                exchange.items.add(message);
            }
        }
        exchange.noData = exchange.columns == null;
        exchange.complete = true;
        return exchange;
    }
}
