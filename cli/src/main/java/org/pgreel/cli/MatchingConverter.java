package org.pgreel.cli;

import org.pgreel.replay.engine.Matching;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how statements are matched. */
final class MatchingConverter implements ITypeConverter<Matching> {

    @Override
    public Matching convert(String word) {
        return switch (word) {
            case "verbatim" -> Matching.VERBATIM;
            case "exchange" -> Matching.EXCHANGE;
            default -> throw new TypeConversionException("'" + word + "' is not one of verbatim, exchange");
        };
    }
}
