package org.pgreel.replay.exchange;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;

/**
 * What is sent to a client, on its way: rows get the values of the live run, and a notification waits until it was sent in
 * the live run too.
 */
record LiveValues(ExchangeClient client, Questions questions, News news) implements ExchangeClient {
    @Override
    public void send(BackendMessage message) {
        if (message instanceof DataRow row) {
            client.send(questions.live(row));
        } else if (!news.holds(message, client)) {
            client.send(message);
        }
    }

    @Override
    public boolean takesBytes() {
        return client.takesBytes() && questions.nothingBound();
    }

    @Override
    public void send(byte[] messages) {
        client.send(messages);
    }

    @Override
    public void stream(Bulk bulk) {
        if (questions.nothingBound()) {
            client.stream(bulk);
        } else {
            bulk.forEach(this::send);
        }
    }

    @Override
    public void tell(BackendMessage message) {
        client.tell(message);
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void end() {
        client.end();
    }
}
