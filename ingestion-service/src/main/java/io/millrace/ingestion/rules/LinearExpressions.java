package io.millrace.ingestion.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Regular expressions that take a time linear in the text, whatever they are: Java's own may take one that is exponential,
 * and events are texts of anybody. There are no look-arounds and no back-references.
 */
final class LinearExpressions implements RegularExpressionFactory {
    @Override
    public RegularExpression getRegularExpression(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException("the pattern " + regex + " cannot be used: " + e.getDescription());
        }
    }
}
