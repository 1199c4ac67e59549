package org.pgreel.protocol.transcript;

import java.util.List;
import java.util.Map;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.message.FrontendMessage;
import org.pgreel.protocol.message.Message;
import org.pgreel.protocol.wire.Direction;

/** Messages as items of a transcript, and back. */
public final class MessageForms {
    private MessageForms() {}

    /**
     * Returns the item that spells the message.
     *
     * @param showSecrets whether passwords, proofs, signatures, tokens and cancel keys are spelled; otherwise only their
     *     length is
     * @throws IllegalArgumentException when the direction does not send such a message
     */
    public static Item.MessageItem write(Direction direction, Message message, boolean showSecrets) {
        boolean sent = direction == Direction.FRONTEND
                ? message instanceof FrontendMessage
                : message instanceof BackendMessage;
        MessageForm<?> form = forms(direction).get(message.name());
        if (!sent || form == null) {
            throw new IllegalArgumentException("The " + sender(direction) + " sends no " + message.name());
        }
        return new Item.MessageItem(direction, form.name(), fields(form, message, showSecrets), 0);
    }

    @SuppressWarnings("unchecked") // A form is found by the name that only its own message has.
    private static <M extends Message> List<Field> fields(MessageForm<M> form, Message message, boolean showSecrets) {
        return form.write((M) message, showSecrets);
    }

    /**
     * Returns the message that the item spells. What is not shown ({@code <secret:N>}) becomes the bytes that a recording
     * holds in its place.
     *
     * @param line the item's line, for failures
     * @throws NotationException when there is no such message, or its fields are others
     */
    public static Message read(Item.MessageItem item, int line) {
        Place place = new Place(line, item.column());
        MessageForm<?> form = forms(item.direction()).get(item.name());
        if (form == null) {
            throw place.unknownWord(
                    item.name(),
                    "message of the " + sender(item.direction()),
                    forms(item.direction()).keySet());
        }
        return form.read(item.fields(), place);
    }

    /**
     * Returns all fields of the message by their names, secrets among them.
     *
     * @throws IllegalArgumentException when the direction does not send such a message
     */
    public static FieldsByName byName(Direction direction, Message message) {
        MessageForm<?> form = forms(direction).get(message.name());
        if (form == null) {
            throw new IllegalArgumentException("The " + sender(direction) + " sends no " + message.name());
        }
        return byName(form, message);
    }

    @SuppressWarnings("unchecked") // A form is found by the name that only its own message has.
    private static <M extends Message> FieldsByName byName(MessageForm<M> form, Message message) {
        return form.byName((M) message);
    }

    /**
     * Returns the fields of a message that is expected by their names; they may hold wildcards and end with {@code ...}.
     *
     * @param line the item's line, for failures
     * @throws NotationException when there is no such message, or it has no such field
     */
    public static FieldsByName byName(Item.MessageItem item, int line) {
        Place place = new Place(line, Math.max(1, item.column()));
        MessageForm<?> form = forms(item.direction()).get(item.name());
        if (form == null) {
            throw place.unknownWord(
                    item.name(),
                    "message of the " + sender(item.direction()),
                    forms(item.direction()).keySet());
        }
        return form.byName(item.fields(), place);
    }

    private static Map<String, MessageForm<?>> forms(Direction direction) {
        return direction == Direction.FRONTEND ? FrontendForms.ALL : BackendForms.ALL;
    }

    private static String sender(Direction direction) {
        return direction == Direction.FRONTEND ? "frontend" : "backend";
    }
}
