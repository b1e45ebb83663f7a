print("grader-intake")
