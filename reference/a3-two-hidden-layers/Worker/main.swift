import CourseKit
import TwoHiddenLayers
import TwoHiddenLayersTask

serve(
  TwoHiddenLayersTask.softmax.implement { logits in try softmax(logits) },
  TwoHiddenLayersTask.crossEntropy.implement { logits, labels in
    try crossEntropy(logits: logits, labels: labels)
  },
  TwoHiddenLayersTask.gradLogits.implement { logits, labels in
    try gradLogits(logits: logits, labels: labels)
  },
  TwoHiddenLayersTask.relu.implement { z in try relu(z) },
  TwoHiddenLayersTask.gradReLU.implement { dA, z in try gradReLU(dA: dA, z: z) },
  TwoHiddenLayersTask.linear.implement { x, w, b in try linear(x, w: w, b: b) },
  TwoHiddenLayersTask.gradLinear.implement { dZ, x, w in
    let (dX, dW, dB) = try gradLinear(dZ: dZ, x: x, w: w)
    return LinearGradients(dX: dX, dW: dW, dB: dB)
  },
  TwoHiddenLayersTask.forward.implement { x, p in try forward(x, p) },
  TwoHiddenLayersTask.backward.implement { x, labels, p in try backward(x, labels: labels, p) },
  TwoHiddenLayersTask.initialize.implement { kind, sizes, seed in
    var generator = Generator(seed: seed)
    return try initialize(kind, sizes: sizes, using: &generator)
  },
  TwoHiddenLayersTask.initializeAgain.implement { kind, sizes, seed in
    var generator = Generator(seed: seed)
    _ = try initialize(kind, sizes: sizes, using: &generator)
    return try initialize(kind, sizes: sizes, using: &generator)
  },
  TwoHiddenLayersTask.sgdStep.implement { p, g, learningRate in
    try sgdStep(p, g, learningRate: learningRate)
  },
  TwoHiddenLayersTask.trainSteps.implement { p, batches, learningRate in
    let (parameters, losses) = try trainSteps(p, batches: batches, learningRate: learningRate)
    return TrainedSteps(parameters: parameters, losses: losses)
  },
  TwoHiddenLayersTask.train.implement { p, data, epochs, batchSize, learningRate, seed in
    var generator = Generator(seed: seed)
    return try train(
      p,
      on: data,
      epochs: epochs,
      batchSize: batchSize,
      learningRate: learningRate,
      using: &generator
    )
  },
  TwoHiddenLayersTask.trainAgain.implement { p, data, epochs, batchSize, learningRate, seed in
    var generator = Generator(seed: seed)
    let once = {
      try train(
        p,
        on: data,
        epochs: epochs,
        batchSize: batchSize,
        learningRate: learningRate,
        using: &generator
      )
    }
    _ = try once()
    return try once()
  }
)
