package org.pgreel.cli;

import java.util.ArrayList;
import java.util.Locale;
import org.pgreel.replay.engine.SurplusPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the policy's words. */
final class SurplusConverter implements ITypeConverter<SurplusPolicy> {

    @Override
    public SurplusPolicy convert(String word) {
        var words = new ArrayList<String>();
        for (SurplusPolicy policy : SurplusPolicy.values()) {
            String spelling = policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (spelling.equals(word)) {
                return policy;
            }
            words.add(spelling);
        }
        throw new TypeConversionException("'" + word + "' is not one of " + String.join(", ", words));
    }
}
