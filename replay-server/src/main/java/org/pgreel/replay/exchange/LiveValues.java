package org.pgreel.replay.exchange;

import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.DataRow;

/** Puts the values of the live run into recorded rows, on their way to the client. */
record LiveValues(ExchangePlay.Client client, Questions questions) implements ExchangePlay.Client {
    @Override
    public void send(BackendMessage message) {
        client.send(message instanceof DataRow row ? questions.live(row) : message);
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
