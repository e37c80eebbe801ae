package io.sluice.sinks.files;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink to move an {@link OutputLine} with its own serializer; Flink finds it by itself. */
public final class OutputLineTypeInfo extends TypeInformation<OutputLine> {
  public static final OutputLineTypeInfo INSTANCE = new OutputLineTypeInfo();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<OutputLine> getTypeClass() {
    return OutputLine.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<OutputLine> createSerializer(SerializerConfig config) {
    return OutputLineSerializer.INSTANCE;
  }

  @Override
  public boolean canEqual(Object object) {
    return object instanceof OutputLineTypeInfo;
  }

  @Override
  public boolean equals(Object object) {
    return canEqual(object);
  }

  @Override
  public int hashCode() {
    return OutputLineTypeInfo.class.hashCode();
  }

  @Override
  public String toString() {
    return "OutputLine";
  }

  /** Named by the annotation on {@link OutputLine}. */
  public static final class Factory extends TypeInfoFactory<OutputLine> {
    @Override
    public TypeInformation<OutputLine> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return INSTANCE;
    }
  }
}
